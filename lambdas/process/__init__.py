"""S3 event: an uploaded picture becomes thumbnails."""
