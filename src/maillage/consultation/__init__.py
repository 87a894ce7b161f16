"""Any rule asked by an agent, without a person's name."""
