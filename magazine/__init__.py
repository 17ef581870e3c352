"""What every published piece shares: the article and its gate, contributors, rendering, lists."""
