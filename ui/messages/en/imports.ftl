# Imports
