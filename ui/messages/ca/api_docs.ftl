# Api docs
