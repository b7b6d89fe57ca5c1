"""The panel: people's ratings of interviews, how far they agree, and scores brought onto their scale."""
