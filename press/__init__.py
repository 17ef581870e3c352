"""Press: contacts, releases, mentions of us in other publications, and the press kit."""
