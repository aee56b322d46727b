"""How records leave the station as files that a spreadsheet shows as they are."""
