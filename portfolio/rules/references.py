"""Rules about the references between entities: nothing here needs to know what they mean."""
