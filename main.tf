# Every resource of the stack, in the order in which the data flows:
# page, API, presign, uploads, process, processed, poll. Alarms and the optional CloudFront come last.

terraform {
  # 1.9 lets a variable's validation refer to other values; 1.7 added mocked providers for tests.
  required_version = ">= 1.9, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  # Credentials and region come from the environment.

  default_tags {
    tags = { Project = var.name }
  }
}

locals {
  packages         = "${path.module}/build/${var.architecture}" # written by `make build`
  page_url         = var.cloudfront ? "${local.page_origin}/" : "${local.page_origin}/index.html"
  api_url          = aws_apigatewayv2_api.api.api_endpoint
  allowed_origins  = concat([local.page_origin], var.extra_origins) # for CORS
  max_upload_bytes = var.max_upload_mb * 1000 * 1000
  has_passphrase   = nonsensitive(var.passphrase != null)

  # A look is a file that the process function can draw with, except those whose names start with an underscore.
  looks = [for file in fileset("${path.module}/lambdas/process/looks", "[^_]*.py") : trimsuffix(file, ".py")]
}

# ---------------------------------------------------------------------------------------------------------------------
# Page: the files of web/ and their settings, in a public bucket (or behind CloudFront, see the end)
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "site" {
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
  count = var.cloudfront ? 0 : 1

  source_policy_documents = [data.aws_iam_policy_document.tls_only["site"].json]

  statement {
    sid       = "AnyoneMayReadThePage"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.site.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id
  policy = var.cloudfront ? data.aws_iam_policy_document.cloudfront[0].json : data.aws_iam_policy_document.site[0].json

  # A new bucket blocks public policies until its own access block allows them.
  depends_on = [aws_s3_bucket_public_access_block.site]
}

locals {
  # The bucket's REST endpoint has HTTPS, which an S3 website has not. It serves no index.html for "/".
  page_origin = "https://${var.cloudfront ? local.cloudfront_domain : aws_s3_bucket.site.bucket_regional_domain_name}"

  # Where the page sends requests to, and loads thumbnails from; presigned URLs name the buckets' regional hosts.
  image_origins   = ["https://${aws_s3_bucket.processed.bucket_regional_domain_name}"]
  connect_origins = concat([local.api_url, "https://${aws_s3_bucket.uploads.bucket_regional_domain_name}"], local.image_origins)

  content_security_policy = join("; ", [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: ${join(" ", local.image_origins)}",
    "connect-src 'self' ${join(" ", local.connect_origins)}",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])

  page_config = {
    apiUrl         = local.api_url
    acceptedTypes  = var.accepted_types
    maxUploadBytes = local.max_upload_bytes
    maxTextLength  = var.max_text_length
    looks          = local.looks
    defaultLook    = var.default_look
    defaultAccent  = lower(var.default_accent)
    sizes          = var.thumbnail_sizes
    defaultSize    = var.default_size
    hasPassphrase  = local.has_passphrase
  }

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

# The picture to try the page with, and its thumbnail: the page loads them only while no picture is chosen.
resource "aws_s3_object" "page_sample" {
  for_each = toset(["sample.jpg", "thumbnail.jpg"])

  bucket        = aws_s3_bucket.site.id
  key           = each.key
  source        = "${path.module}/docs/images/${each.key}"
  source_hash   = filemd5("${path.module}/docs/images/${each.key}")
  content_type  = "image/jpeg"
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

  content = "// Written by Terraform.\nexport default ${jsonencode(local.page_config)};\n"
}

# ---------------------------------------------------------------------------------------------------------------------
# API: two routes, each with its own function; CORS and throttling
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_apigatewayv2_api" "api" {
  name          = var.name
  description   = "Thumbnail generator: presigns uploads, and reports when a thumbnail is ready."
  protocol_type = "HTTP"

  # API Gateway adds these headers to what a function returns, errors included, and ignores those that it sets itself:
  # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
  cors_configuration {
    allow_origins = local.allowed_origins
    allow_methods = ["GET", "POST"]
    allow_headers = concat(["content-type"], local.has_passphrase ? ["authorization"] : [])
    max_age       = 3600
  }
}

resource "aws_apigatewayv2_stage" "default" {
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
# Shared by the functions: a role and a log group for each
# ---------------------------------------------------------------------------------------------------------------------

locals {
  functions = {
    presign = aws_lambda_function.presign
    process = aws_lambda_function.process
    poll    = aws_lambda_function.poll
  }
}

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

  name_prefix          = "${var.name}-${each.key}-"
  assume_role_policy   = data.aws_iam_policy_document.assume_role.json
  permissions_boundary = var.permissions_boundary
}

resource "aws_cloudwatch_log_group" "function" {
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
# Presign: signs a form for one upload, whose key and content type are fixed
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
    variables = merge(
      {
        UPLOADS_BUCKET   = aws_s3_bucket.uploads.id
        ACCEPTED_TYPES   = jsonencode(var.accepted_types)
        MAX_UPLOAD_BYTES = local.max_upload_bytes
        MAX_TEXT_LENGTH  = var.max_text_length
        LOOKS            = jsonencode(local.looks)
        SIZES            = jsonencode(var.thumbnail_sizes)
      },
      local.has_passphrase ? { PASSPHRASE_SHA256 = sha256(var.passphrase) } : {}, # plans show "(sensitive value)"
    )
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    log_group             = aws_cloudwatch_log_group.function["presign"].name
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.presign]
}

# ---------------------------------------------------------------------------------------------------------------------
# Uploads: receives the pictures, invokes the process function, and deletes them after upload_retention_days
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "uploads" {
  bucket_prefix = "${var.name}-uploads-"
  force_destroy = true # objects expire anyway, so they need not block `terraform destroy`
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

  # S3 checks that it may invoke the function when the notification is created.
  depends_on = [aws_lambda_permission.uploads]
}

data "aws_caller_identity" "current" {}

resource "aws_lambda_permission" "uploads" {
  statement_id   = "AllowUploadsBucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.process.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.uploads.arn
  source_account = data.aws_caller_identity.current.account_id
}

# ---------------------------------------------------------------------------------------------------------------------
# Process: makes the thumbnails
# ---------------------------------------------------------------------------------------------------------------------

# A layer version is replaced, not changed. The old one is deleted once the function uses the new one: functions cannot
# be updated while they name a version that is gone.
resource "aws_lambda_layer_version" "pillow" {
  layer_name               = "${var.name}-pillow"
  description              = "Pillow, a HEIC decoder, and text shaping"
  filename                 = "${local.packages}/pillow.zip"
  source_code_hash         = filebase64sha256("${local.packages}/pillow.zip")
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = [var.architecture]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lambda_layer_version" "fonts" {
  layer_name               = "${var.name}-fonts"
  description              = "Fonts for the title"
  filename                 = "${local.packages}/fonts.zip"
  source_code_hash         = filebase64sha256("${local.packages}/fonts.zip")
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = [var.architecture]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sqs_queue" "process_dead_letters" {
  name                    = "${var.name}-process-dead-letters"
  sqs_managed_sse_enabled = true

  # S3's events have the sender's IP address: they are kept no longer than the upload, without which they are useless.
  # S3 deletes an upload up to a day late; SQS keeps messages for 14 days at most.
  message_retention_seconds = min(var.upload_retention_days + 1, 14) * 24 * 60 * 60
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
    sid       = "LambdaSendsFailedEventsAsThisRole"
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
  function_name    = "${var.name}-process"
  description      = "Makes a thumbnail of each uploaded picture"
  role             = aws_iam_role.function["process"].arn
  runtime          = "python3.13"
  architectures    = [var.architecture]
  handler          = "process.handler.lambda_handler"
  filename         = "${local.packages}/process.zip"
  source_code_hash = filebase64sha256("${local.packages}/process.zip")
  layers           = [aws_lambda_layer_version.pillow.arn, aws_lambda_layer_version.fonts.arn]
  memory_size      = var.process_memory_mb
  timeout          = 60

  reserved_concurrent_executions = coalesce(var.process_concurrency, -1) # -1: no reservation

  environment {
    variables = {
      UPLOADS_BUCKET   = aws_s3_bucket.uploads.id
      PROCESSED_BUCKET = aws_s3_bucket.processed.id
      DEFAULT_TITLE    = var.default_title
      DEFAULT_LOOK     = var.default_look
      DEFAULT_ACCENT   = var.default_accent
      DEFAULT_SIZE     = var.default_size

      # By default glibc returns large blocks to the kernel, which maps and zeroes them again for every picture.
      # Keeping up to 128 MB makes warm functions faster: https://man7.org/linux/man-pages/man3/mallopt.3.html
      MALLOC_MMAP_THRESHOLD_ = 32 * 1024 * 1024
      MALLOC_TRIM_THRESHOLD_ = 128 * 1024 * 1024
      MALLOC_TOP_PAD_        = 64 * 1024 * 1024
    }
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    log_group             = aws_cloudwatch_log_group.function["process"].name
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.process]
}

# Lambda sends events that still fail to the queue, each in a record with the error, which dead_letter_config leaves out:
# https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
resource "aws_lambda_function_event_invoke_config" "process" {
  function_name                = aws_lambda_function.process.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 6 * 60 * 60

  destination_config {
    on_failure {
      destination = aws_sqs_queue.process_dead_letters.arn
    }
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Processed: holds the thumbnails until thumbnail_retention_days have passed
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_s3_bucket" "processed" {
  bucket_prefix = "${var.name}-processed-"
  force_destroy = true # objects expire anyway, so they need not block `terraform destroy`
}

# The page shows thumbnails without it, but to copy, share or save several it reads them.
resource "aws_s3_bucket_cors_configuration" "processed" {
  bucket = aws_s3_bucket.processed.id

  cors_rule {
    allowed_origins = local.allowed_origins
    allowed_methods = ["GET"]
    max_age_seconds = 3600
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Shared by uploads and processed: no public access, TLS only, expiry. S3 encrypts what it stores by itself.
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

data "aws_iam_policy_document" "tls_only" {
  for_each = { site = aws_s3_bucket.site, uploads = aws_s3_bucket.uploads, processed = aws_s3_bucket.processed }

  statement {
    sid       = "RefuseUnencryptedRequests"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [each.value.arn, "${each.value.arn}/*"]

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
  for_each = local.private_buckets

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
# Poll: reports whether a thumbnail is ready, and signs links to it
# ---------------------------------------------------------------------------------------------------------------------

data "aws_iam_policy_document" "poll" {
  statement {
    sid       = "PresignedLinksActAsThisRole"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.processed.arn}/*"]
  }

  statement {
    # Without this permission S3 answers 403 for a missing key, not 404.
    sid       = "DistinguishMissingFromForbidden"
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
      PROCESSED_BUCKET = aws_s3_bucket.processed.id
    }
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    log_group             = aws_cloudwatch_log_group.function["poll"].name
  }

  depends_on = [aws_iam_role_policy.logs, aws_iam_role_policy.poll]
}

# ---------------------------------------------------------------------------------------------------------------------
# Alarms and budget: e-mailed to alarm_email
# ---------------------------------------------------------------------------------------------------------------------

resource "aws_sns_topic" "alarms" {
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
      description = "The API answered 5xx; the logs of presign and poll have the traceback."
      namespace   = "AWS/ApiGateway"
      metric      = "5xx"
      dimensions  = { ApiId = aws_apigatewayv2_api.api.id }
    }
    process-errors = {
      description = "The process function failed; its log has the traceback. Lambda retries twice."
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      dimensions  = { FunctionName = aws_lambda_function.process.function_name }
    }
    process-throttles = {
      description = "More uploads arrive than process may handle at once; Lambda retries for up to six hours."
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      dimensions  = { FunctionName = aws_lambda_function.process.function_name }
    }
    process-dead-letters = {
      description = "An upload failed after all retries; its event is in the dead-letter queue."
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = aws_sqs_queue.process_dead_letters.name }
    }
    process-lost-events = {
      description = "An upload failed after all retries, and Lambda could not send its event to the dead-letter queue."
      namespace   = "AWS/Lambda"
      metric      = "DestinationDeliveryFailures"
      dimensions  = { FunctionName = aws_lambda_function.process.function_name }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = local.alarms

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

# ---------------------------------------------------------------------------------------------------------------------
# Optional, with cloudfront = true: the page from a private bucket, with security headers; page_domain sets its host name
# ---------------------------------------------------------------------------------------------------------------------

locals {
  cloudfront_domain = one(var.page_domain == null ? aws_cloudfront_distribution.site[*].domain_name : [var.page_domain.name])
}

data "aws_iam_policy_document" "cloudfront" {
  count = var.cloudfront ? 1 : 0

  source_policy_documents = [data.aws_iam_policy_document.tls_only["site"].json]

  statement {
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
      values   = [aws_cloudfront_distribution.site[0].arn]
    }
  }
}

resource "aws_cloudfront_origin_access_control" "site" {
  count = var.cloudfront ? 1 : 0

  name                              = aws_s3_bucket.site.id
  description                       = "Signs CloudFront's requests to the page's bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_response_headers_policy" "site" {
  count = var.cloudfront ? 1 : 0

  name    = aws_s3_bucket.site.id
  comment = "Security headers of the page"

  security_headers_config {
    content_security_policy {
      # The page's own policy is in a <meta> element, where frame-ancestors has no effect.
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
    # A minimum TLS version can only be set with a certificate of your own:
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesGeneral.html
    cloudfront_default_certificate = var.page_domain == null
    acm_certificate_arn            = one(var.page_domain[*].certificate_arn)
    ssl_support_method             = var.page_domain == null ? null : "sni-only"
    minimum_protocol_version       = var.page_domain == null ? "TLSv1" : "TLSv1.2_2021"
  }
}
