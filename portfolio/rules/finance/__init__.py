"""Rules about expenditure, earned value and benefits."""
