"""Pages: authorise, read the form, call a service or a selector, show."""
