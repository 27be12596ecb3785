# Session
