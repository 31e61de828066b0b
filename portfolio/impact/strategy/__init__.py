"""What a slip does to benefits, objectives and the business."""
