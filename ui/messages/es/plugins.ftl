# Plugins
