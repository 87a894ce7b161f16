"""Pages of the room: the register of requests, the holder's side, the DPO's registers."""
