"""Rules about changes of services, and adoption."""
