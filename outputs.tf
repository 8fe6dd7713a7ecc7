output "page_url" {
  description = "The upload page."
  value       = local.page_url
}

output "api_url" {
  description = "Base URL of the API's two routes."
  value       = local.api_url
}

output "uploads_bucket" {
  description = "Bucket that receives the pictures. Objects put here directly, without the API, are processed too."
  value       = aws_s3_bucket.uploads.id
}

output "processed_bucket" {
  description = "Bucket that holds the finished thumbnails."
  value       = aws_s3_bucket.processed.id
}

output "site_bucket" {
  description = "Bucket that holds the upload page."
  value       = aws_s3_bucket.site.id
}

output "dead_letter_queue_url" {
  description = "Queue with the events that failed after all retries."
  value       = aws_sqs_queue.process_dead_letters.url
}

output "function_names" {
  description = "Names of the three functions."
  value       = { for name, function in local.functions : name => function.function_name }
}

output "curl" {
  description = "Command that sends a first request to the API."
  value       = "curl -X POST '${local.api_url}/generate-presigned-url'${local.has_passphrase ? " -u \":$PASSPHRASE\"" : ""} -H 'Content-Type: application/json' -d '{\"filename\": \"cat.png\", \"filetype\": \"image/png\", \"text\": \"My title\"}'"
}
