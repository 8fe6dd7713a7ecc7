# Every resource of the stack, in the order the data flows:
# page → presign → uploads → process → processed → poll → page.

terraform {
  # 1.9: a variable's validation may look at other values; 1.7: tests with mocked providers.
  required_version = ">= 1.9, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  # Credentials, region and, for the emulator, AWS_ENDPOINT_URL come from the environment.
  s3_use_path_style = local.on_emulator

  default_tags {
    tags = { Project = var.name }
  }
}

data "aws_caller_identity" "current" {
  lifecycle {
    postcondition {
      condition     = !local.on_emulator || self.account_id == "000000000000"
      error_message = "endpoint_url names an emulator, but Terraform reaches a real account. Set AWS_ENDPOINT_URL to the same address, or leave endpoint_url out."
    }
  }
}

locals {
  on_emulator = var.endpoint_url != null

  # What `make build` wrote. The emulator runs functions with this machine's Python, so it has wheels of its own.
  packages = "${path.module}/build/${local.on_emulator ? "local" : var.architecture}"

  page_origin = (
    local.on_emulator ? var.endpoint_url :
    var.page_domain != null ? "https://${var.page_domain.name}" :
    var.cloudfront ? "https://${aws_cloudfront_distribution.site[0].domain_name}" :
    "http://${aws_s3_bucket_website_configuration.site[0].website_endpoint}"
  )
  page_url        = local.on_emulator ? "${var.endpoint_url}/${aws_s3_bucket.site.id}/index.html" : "${local.page_origin}/"
  api_url         = local.on_emulator ? "${var.endpoint_url}/_aws/execute-api/${aws_apigatewayv2_api.api.id}/$default" : aws_apigatewayv2_api.api.api_endpoint
  allowed_origins = concat([local.page_origin], var.extra_origins)

  # What the page may reach. The emulator's functions know it by its number, and so do the URLs that they presign.
  api_origin = local.on_emulator ? var.endpoint_url : local.api_url
  presigned_origins = {
    for noun, private in local.private_buckets :
    noun => local.on_emulator ? replace(var.endpoint_url, "localhost", "127.0.0.1") : "https://${private.bucket.bucket_regional_domain_name}"
  }
  # Where the functions find a bucket, and what they sign links and forms for.
  bucket_urls = {
    for noun, private in local.private_buckets :
    noun => "${local.presigned_origins[noun]}${local.on_emulator ? "/${private.bucket.id}" : ""}"
  }

  max_upload_bytes = var.max_upload_mb * 1000 * 1000

  functions = {
    presign = aws_lambda_function.presign
    process = aws_lambda_function.process
    poll    = aws_lambda_function.poll
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Page: a bucket with the files of web/ and the settings the page needs; a public website, or private behind CloudFront
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "site" {
  # checkov:skip=CKV_AWS_18:An access log would hold its users' addresses, and need a bucket more.
  # checkov:skip=CKV_AWS_21:Its files are in the repository.
  # checkov:skip=CKV_AWS_144:Its files are in the repository.
  # checkov:skip=CKV_AWS_145:S3's own key encrypts it; a key of one's own costs a dollar a month and keeps no one out.
  # checkov:skip=CKV2_AWS_61:What lies here stays as long as the stack.
  # checkov:skip=CKV2_AWS_62:Nothing waits for a change of it.

  bucket_prefix = "${var.name}-site-"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = var.cloudfront
  restrict_public_buckets = var.cloudfront
}

data "aws_iam_policy_document" "site" {
  dynamic "statement" {
    for_each = var.cloudfront ? [] : ["public"]

    content {
      sid       = "AnyoneMayReadThePage"
      actions   = ["s3:GetObject"]
      resources = ["${aws_s3_bucket.site.arn}/*"]

      principals {
        type        = "*"
        identifiers = ["*"]
      }
    }
  }

  dynamic "statement" {
    for_each = aws_cloudfront_distribution.site

    content {
      sid       = "CloudFrontMayReadThePage"
      actions   = ["s3:GetObject"]
      resources = ["${aws_s3_bucket.site.arn}/*"]

      principals {
        type        = "Service"
        identifiers = ["cloudfront.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceArn"
        values   = [statement.value.arn]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = data.aws_iam_policy_document.site.json

  # A new bucket blocks public policies until its own block says otherwise.
  depends_on = [aws_s3_bucket_public_access_block.site]
}

resource "aws_s3_bucket_website_configuration" "site" {
  count = var.cloudfront ? 0 : 1

  bucket = aws_s3_bucket.site.id

  index_document {
    suffix = "index.html"
  }
}

resource "aws_cloudfront_origin_access_control" "site" {
  count = var.cloudfront ? 1 : 0

  name                              = aws_s3_bucket.site.id
  description                       = "Signs what CloudFront asks of the page's bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_response_headers_policy" "site" {
  # checkov:skip=CKV_AWS_259:Subdomains and preload lists are for the domain's owner to decide.

  count = var.cloudfront ? 1 : 0

  name    = aws_s3_bucket.site.id
  comment = "What a browser must not do with the page"

  security_headers_config {
    content_security_policy {
      # Beside the page's own, which cannot forbid framing: that counts in a header only.
      content_security_policy = "frame-ancestors 'none'"
      override                = true
    }

    strict_transport_security {
      access_control_max_age_sec = 365 * 24 * 60 * 60
      override                   = true
    }

    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = true
    }

    referrer_policy {
      referrer_policy = "no-referrer"
      override        = true
    }
  }
}

data "aws_cloudfront_cache_policy" "by_cache_control" {
  count = var.cloudfront ? 1 : 0

  name = "Managed-CachingOptimized"
}

resource "aws_cloudfront_distribution" "site" {
  # checkov:skip=CKV_AWS_68:The page is a few static files; what costs money is the API, which CloudFront does not serve.
  # checkov:skip=CKV2_AWS_47:No Java.
  # checkov:skip=CKV_AWS_86:Readers of a public page are not recorded.
  # checkov:skip=CKV_AWS_310:One bucket is the page's only origin; S3 keeps it in three places.
  # checkov:skip=CKV_AWS_374:Open to everyone, everywhere.

  count = var.cloudfront ? 1 : 0

  comment             = "${var.name}: the page"
  enabled             = true
  is_ipv6_enabled     = true
  http_version        = "http2and3"
  default_root_object = "index.html"
  aliases             = var.page_domain[*].name
  price_class         = "PriceClass_100"

  origin {
    origin_id                = "site"
    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.site[0].id
  }

  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = data.aws_cloudfront_cache_policy.by_cache_control[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.site[0].id
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    # With its own certificate CloudFront takes whatever TLS a browser speaks; only with another may one choose:
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html
    cloudfront_default_certificate = var.page_domain == null
    acm_certificate_arn            = one(var.page_domain[*].certificate_arn)
    ssl_support_method             = var.page_domain == null ? null : "sni-only"
    minimum_protocol_version       = var.page_domain == null ? "TLSv1" : "TLSv1.2_2021"
  }
}

locals {
  # All that the page may load and reach.
  content_security_policy = join("; ", [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: ${local.presigned_origins.processed}",
    "connect-src ${local.api_origin} ${local.presigned_origins.uploads}",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])

  page_content_types = {
    css = "text/css; charset=utf-8"
    js  = "text/javascript; charset=utf-8"
    svg = "image/svg+xml"
  }
}

resource "aws_s3_object" "page" {
  for_each = fileset("${path.module}/web", "**/*.{css,js,svg}")

  bucket        = aws_s3_bucket.site.id
  key           = each.value
  source        = "${path.module}/web/${each.value}"
  source_hash   = filemd5("${path.module}/web/${each.value}")
  content_type  = local.page_content_types[reverse(split(".", each.value))[0]]
  cache_control = "no-cache"
}

resource "aws_s3_object" "page_index" {
  bucket        = aws_s3_bucket.site.id
  key           = "index.html"
  content_type  = "text/html; charset=utf-8"
  cache_control = "no-cache"

  content = templatefile("${path.module}/web/index.html", { content_security_policy = local.content_security_policy })
}

resource "aws_s3_object" "page_config" {
  bucket        = aws_s3_bucket.site.id
  key           = "config.js"
  content_type  = local.page_content_types.js
  cache_control = "no-cache"

  content = <<-JS
    // Written by Terraform.
    export default ${jsonencode({
  apiUrl         = local.api_url
  acceptedTypes  = var.accepted_types
  maxUploadBytes = local.max_upload_bytes
  maxTextLength  = var.max_text_length
})};
  JS
}

# ---------------------------------------------------------------------------------------------------------------------
# API: two routes, each to its own function; CORS and throttling for both
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_apigatewayv2_api" "api" {
  name          = var.name
  description   = "Thumbnail generator: presigns uploads and tells when a thumbnail is ready."
  protocol_type = "HTTP"

  # API Gateway adds these headers to every response of a function, errors included, and drops what it sets itself.
  cors_configuration {
    allow_origins = local.allowed_origins
    allow_methods = ["GET", "POST"]
    allow_headers = ["content-type"]
    max_age       = 3600
  }
}

resource "aws_apigatewayv2_stage" "default" {
  # checkov:skip=CKV_AWS_76:Who asked for what is nobody's business; the functions log what fails, metrics count the rest.

  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = var.throttle_rate
    throttling_burst_limit = var.throttle_burst
  }
}

locals {
  routes = {
    presign = "POST /generate-presigned-url"
    poll    = "GET /get-final-url"
  }
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = local.routes

  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = local.functions[each.key].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "function" {
  # checkov:skip=CKV_AWS_309:Open to strangers by design; throttled, and each may only upload and fetch what is his.

  for_each = local.routes

  api_id    = aws_apigatewayv2_api.api.id
  route_key = each.value
  target    = "integrations/${aws_apigatewayv2_integration.function[each.key].id}"
}

resource "aws_lambda_permission" "api" {
  for_each = local.routes

  statement_id  = "AllowApiRoute"
  action        = "lambda:InvokeFunction"
  function_name = local.functions[each.key].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*/${replace(each.value, " ", "")}"
}

# ---------------------------------------------------------------------------------------------------------------------
# What the three functions have alike: a role that only Lambda may take on, and a log group that only it may write to
# ---------------------------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "assume_role" {
  statement {
    sid     = "LambdaRunsAsThisRole"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each = toset(["presign", "process", "poll"])

  name_prefix        = "${var.name}-${each.key}-"
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
}

resource "aws_cloudwatch_log_group" "function" {
  # checkov:skip=CKV_AWS_158:No line holds a title, a link or a credential.
  # checkov:skip=CKV_AWS_338:Lines serve to mend faults; log_retention_days says how long.

  for_each = aws_iam_role.function

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
}

data "aws_iam_policy_document" "logs" {
  for_each = aws_cloudwatch_log_group.function

  statement {
    sid       = "WriteToItsOwnLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [each.value.arn, "${each.value.arn}:*"] # the group, and its streams
  }
}

resource "aws_iam_role_policy" "logs" {
  for_each = data.aws_iam_policy_document.logs

  name   = "logs"
  role   = aws_iam_role.function[each.key].id
  policy = each.value.json
}

# ---------------------------------------------------------------------------------------------------------------------
# Presign: promises one upload, to one key, of one type
# ---------------------------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "presign" {
  statement {
    sid       = "PresignedPostsActAsThisRole"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }
}

resource "aws_iam_role_policy" "presign" {
  name   = "presign"
  role   = aws_iam_role.function["presign"].id
  policy = data.aws_iam_policy_document.presign.json
}

resource "aws_lambda_function" "presign" {
  # checkov:skip=CKV_AWS_50:The log lines tell what a trace would, and cost nothing.
  # checkov:skip=CKV_AWS_117:It reaches nothing but AWS's own APIs; a VPC would add a NAT gateway to the bill.
  # checkov:skip=CKV_AWS_173:Nothing in its environment is secret; Lambda encrypts it with its own key.
  # checkov:skip=CKV_AWS_272:The zips come from the one who applies; signing would need a profile and a bucket more.
  # checkov:skip=CKV_AWS_115:The API's throttling bounds it.
  # checkov:skip=CKV_AWS_116:It is called synchronously: an error is its caller's answer.

  function_name    = "${var.name}-presign"
  description      = "POST /generate-presigned-url"
  role             = aws_iam_role.function["presign"].arn
  runtime          = "python3.13"
  architectures    = [var.architecture]
  handler          = "presign.handler.lambda_handler"
  filename         = "${local.packages}/presign.zip"
  source_code_hash = filebase64sha256("${local.packages}/presign.zip")
  memory_size      = 512
  timeout          = 10

  environment {
    variables = {
      UPLOADS_BUCKET   = aws_s3_bucket.uploads.id
      UPLOADS_URL      = local.bucket_urls.uploads
      ACCEPTED_TYPES   = jsonencode(var.accepted_types)
      MAX_UPLOAD_BYTES = local.max_upload_bytes
      MAX_TEXT_LENGTH  = var.max_text_length
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function["presign"].name
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.presign]
}

# ---------------------------------------------------------------------------------------------------------------------
# Uploads: takes the pictures, tells the process function, forgets them
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "uploads" {
  # checkov:skip=CKV_AWS_18:An access log would hold its users' addresses, and need a bucket more.
  # checkov:skip=CKV_AWS_21:A picture lies here for a day.
  # checkov:skip=CKV_AWS_144:A picture lies here for a day.
  # checkov:skip=CKV_AWS_145:S3's own key encrypts it; a key of one's own costs a dollar a month and keeps no one out.

  bucket_prefix = "${var.name}-uploads-"
  # What lies here goes by itself after a few days, so `terraform destroy` need not wait for it.
  force_destroy = true
}

resource "aws_s3_bucket_cors_configuration" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  cors_rule {
    allowed_origins = local.allowed_origins
    allowed_methods = ["POST"]
    allowed_headers = ["content-type"]
    max_age_seconds = 3600
  }
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.process.arn
    events              = ["s3:ObjectCreated:*"]
  }

  # S3 checks that it may invoke the function before it takes the notification.
  depends_on = [aws_lambda_permission.uploads]
}

resource "aws_lambda_permission" "uploads" {
  statement_id   = "AllowUploadsBucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.process.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.uploads.arn
  source_account = data.aws_caller_identity.current.account_id
}

# ---------------------------------------------------------------------------------------------------------------------
# Process: makes the thumbnail
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_lambda_layer_version" "pillow" {
  layer_name               = "${var.name}-pillow"
  description              = "Pillow and its decoders"
  filename                 = "${local.packages}/pillow.zip"
  source_code_hash         = filebase64sha256("${local.packages}/pillow.zip")
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = [var.architecture]
}

resource "aws_lambda_layer_version" "fonts" {
  layer_name               = "${var.name}-fonts"
  description              = "The title's font"
  filename                 = "${local.packages}/fonts.zip"
  source_code_hash         = filebase64sha256("${local.packages}/fonts.zip")
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = [var.architecture]
}

resource "aws_sqs_queue" "process_dead_letters" {
  name                      = "${var.name}-process-dead-letters"
  message_retention_seconds = 14 * 24 * 60 * 60
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "process" {
  statement {
    sid       = "ReadThePicture"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }

  statement {
    sid       = "StoreTheThumbnail"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.processed.arn}/*"]
  }

  statement {
    sid       = "LambdaKeepsFailedEventsAsThisRole"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.process_dead_letters.arn]
  }
}

resource "aws_iam_role_policy" "process" {
  name   = "process"
  role   = aws_iam_role.function["process"].id
  policy = data.aws_iam_policy_document.process.json
}

resource "aws_lambda_function" "process" {
  # checkov:skip=CKV_AWS_50:The log lines tell what a trace would, and cost nothing.
  # checkov:skip=CKV_AWS_117:It reaches nothing but AWS's own APIs; a VPC would add a NAT gateway to the bill.
  # checkov:skip=CKV_AWS_173:Nothing in its environment is secret; Lambda encrypts it with its own key.
  # checkov:skip=CKV_AWS_272:The zips come from the one who applies; signing would need a profile and a bucket more.

  function_name    = "${var.name}-process"
  description      = "An uploaded picture becomes a thumbnail"
  role             = aws_iam_role.function["process"].arn
  runtime          = "python3.13"
  architectures    = [var.architecture]
  handler          = "process.handler.lambda_handler"
  filename         = "${local.packages}/process.zip"
  source_code_hash = filebase64sha256("${local.packages}/process.zip")
  layers           = [aws_lambda_layer_version.pillow.arn, aws_lambda_layer_version.fonts.arn]
  memory_size      = var.process_memory_mb
  timeout          = 60

  reserved_concurrent_executions = var.process_concurrency == null ? -1 : var.process_concurrency

  environment {
    variables = {
      UPLOADS_URL   = local.bucket_urls.uploads
      PROCESSED_URL = local.bucket_urls.processed
      DEFAULT_TITLE = var.default_title

      # glibc gives large blocks back, and fetches and clears them anew for every picture. Kept, up to 128 MB, they make
      # a warm function faster: https://man7.org/linux/man-pages/man3/mallopt.3.html
      MALLOC_MMAP_THRESHOLD_ = 32 * 1024 * 1024
      MALLOC_TRIM_THRESHOLD_ = 128 * 1024 * 1024
      MALLOC_TOP_PAD_        = 64 * 1024 * 1024
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function["process"].name
  }

  # After Lambda's two retries.
  dead_letter_config {
    target_arn = aws_sqs_queue.process_dead_letters.arn
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.process]
}

# ---------------------------------------------------------------------------------------------------------------------
# Processed: holds the thumbnails until they were fetched
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "processed" {
  # checkov:skip=CKV_AWS_18:An access log would hold its users' addresses, and need a bucket more.
  # checkov:skip=CKV_AWS_21:A thumbnail can be made again.
  # checkov:skip=CKV_AWS_144:A thumbnail can be made again.
  # checkov:skip=CKV_AWS_145:S3's own key encrypts it; a key of one's own costs a dollar a month and keeps no one out.
  # checkov:skip=CKV2_AWS_62:The page polls; nothing else waits for a thumbnail.

  bucket_prefix = "${var.name}-processed-"
  # What lies here goes by itself after a few days, so `terraform destroy` need not wait for it.
  force_destroy = true
}

# ---------------------------------------------------------------------------------------------------------------------
# What uploads and processed have alike: closed to the public, encrypted, TLS only, emptied by themselves
# ---------------------------------------------------------------------------------------------------------------------

locals {
  private_buckets = {
    uploads   = { bucket = aws_s3_bucket.uploads, retention_days = var.upload_retention_days }
    processed = { bucket = aws_s3_bucket.processed, retention_days = var.thumbnail_retention_days }
  }
}

resource "aws_s3_bucket_public_access_block" "private" {
  for_each = local.private_buckets

  bucket                  = each.value.bucket.id
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "private" {
  for_each = local.private_buckets

  bucket = each.value.bucket.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "tls_only" {
  for_each = local.private_buckets

  statement {
    sid       = "RefuseUnencryptedRequests"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [each.value.bucket.arn, "${each.value.bucket.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "private" {
  # The emulator speaks plain HTTP on localhost and would refuse every request.
  for_each = { for noun, private in local.private_buckets : noun => private if !local.on_emulator }

  bucket = each.value.bucket.id
  policy = data.aws_iam_policy_document.tls_only[each.key].json

  depends_on = [aws_s3_bucket_public_access_block.private]
}

resource "aws_s3_bucket_lifecycle_configuration" "private" {
  for_each = local.private_buckets

  bucket = each.value.bucket.id

  rule {
    id     = "delete-after-retention"
    status = "Enabled"

    filter {}

    expiration {
      days = each.value.retention_days
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Poll: tells whether a thumbnail is there, and lends a link to it
# ---------------------------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "poll" {
  statement {
    sid       = "PresignedLinksActAsThisRole"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.processed.arn}/*"]
  }

  statement {
    # Without it S3 answers 403 for a missing key, and "not ready yet" looks like a fault.
    sid       = "TellMissingFromForbidden"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.processed.arn]
  }
}

resource "aws_iam_role_policy" "poll" {
  name   = "poll"
  role   = aws_iam_role.function["poll"].id
  policy = data.aws_iam_policy_document.poll.json
}

resource "aws_lambda_function" "poll" {
  # checkov:skip=CKV_AWS_50:The log lines tell what a trace would, and cost nothing.
  # checkov:skip=CKV_AWS_117:It reaches nothing but AWS's own APIs; a VPC would add a NAT gateway to the bill.
  # checkov:skip=CKV_AWS_173:Nothing in its environment is secret; Lambda encrypts it with its own key.
  # checkov:skip=CKV_AWS_272:The zips come from the one who applies; signing would need a profile and a bucket more.
  # checkov:skip=CKV_AWS_115:The API's throttling bounds it.
  # checkov:skip=CKV_AWS_116:It is called synchronously: an error is its caller's answer.

  function_name    = "${var.name}-poll"
  description      = "GET /get-final-url"
  role             = aws_iam_role.function["poll"].arn
  runtime          = "python3.13"
  architectures    = [var.architecture]
  handler          = "poll.handler.lambda_handler"
  filename         = "${local.packages}/poll.zip"
  source_code_hash = filebase64sha256("${local.packages}/poll.zip")
  memory_size      = 512
  timeout          = 10

  environment {
    variables = {
      PROCESSED_URL = local.bucket_urls.processed
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.function["poll"].name
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.poll]
}

# ---------------------------------------------------------------------------------------------------------------------
# Alarms: the API or the process function failed or is too busy, an event was given up, or the month costs too much
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_sns_topic" "alarms" {
  # checkov:skip=CKV_AWS_26:Alarms hold no data, and CloudWatch cannot publish to a topic under AWS's own key.

  name = "${var.name}-alarms"
}

resource "aws_sns_topic_subscription" "alarms" {
  count = var.alarm_email == null ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  alarms = {
    api-errors = {
      description = "The API answered 5xx; the logs of presign and poll have the trace."
      namespace   = "AWS/ApiGateway"
      metric      = "5xx"
      dimensions  = { ApiId = aws_apigatewayv2_api.api.id }
    }
    process-errors = {
      description = "The process function failed; its log has the trace, and Lambda tries twice more."
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      dimensions  = { FunctionName = aws_lambda_function.process.function_name }
    }
    process-throttles = {
      description = "More uploads came than process may take at once; Lambda tries again for up to six hours."
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      dimensions  = { FunctionName = aws_lambda_function.process.function_name }
    }
    process-dead-letters = {
      description = "An upload could not be processed after all retries; its event waits in the dead-letter queue."
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = aws_sqs_queue.process_dead_letters.name }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  # The emulator tells but half of an alarm when asked, so every plan would want to mend it.
  for_each = { for noun, alarm in local.alarms : noun => alarm if !local.on_emulator }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_budgets_budget" "month" {
  count = var.monthly_budget_usd == null ? 0 : 1

  name         = "${var.name}-month"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_unit   = "USD"
  limit_amount = var.monthly_budget_usd

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = [var.alarm_email]
    }
  }
}
