"""S3 event: an uploaded picture becomes a thumbnail."""
