# Home
