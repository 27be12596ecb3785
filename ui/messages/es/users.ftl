# Users
