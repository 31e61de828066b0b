"""What is simulated, levelled and prioritised in each format that is a choice there."""
