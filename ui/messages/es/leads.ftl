# Leads
