# What the local stack replaces in main.tf. Terraform merges files named *_override.tf into the others:
# https://developer.hashicorp.com/terraform/language/files/override

provider "aws" {
  s3_use_path_style = true
}

locals {
  page_origin = var.endpoint_url
  page_url    = "${var.endpoint_url}/${aws_s3_bucket.site.id}/index.html"
  api_url     = "${var.endpoint_url}/_aws/execute-api/${aws_apigatewayv2_api.api.id}/$default"

  # Functions reach the emulator at 127.0.0.1, so the URLs that they presign name this address too.
  connect_origins = [var.endpoint_url, local.image_origins[0]]
  image_origins   = [replace(var.endpoint_url, "localhost", "127.0.0.1")]
}

# The emulator speaks plain HTTP, which these policies deny.
resource "aws_s3_bucket_policy" "private" {
  for_each = {}
}

data "aws_iam_policy_document" "site" {
  source_policy_documents = []
}

data "aws_iam_policy_document" "cloudfront" {
  source_policy_documents = []
}

# The emulator returns alarms incompletely, so every plan would show drift.
resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = {}
}
