# How resources are connected and configured.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "defaults" {
  # --- page ---

  assert {
    condition     = aws_s3_object.page_index.content_type == "text/html; charset=utf-8" && aws_s3_object.page["main.js"].content_type == "text/javascript; charset=utf-8" && aws_s3_object.page["style.css"].content_type == "text/css; charset=utf-8" && aws_s3_object.page["icon.svg"].content_type == "image/svg+xml"
    error_message = "Each file of the page needs its content type; otherwise browsers ignore modules and style sheets."
  }

  assert {
    condition     = strcontains(aws_s3_object.page_index.content, "connect-src 'self' https://mockapi.execute-api.eu-west-1.amazonaws.com https://mock-uploads.s3.eu-west-1.amazonaws.com https://mock-processed.s3.eu-west-1.amazonaws.com;") && strcontains(aws_s3_object.page_index.content, "img-src 'self' blob: https://mock-processed.s3.eu-west-1.amazonaws.com;")
    error_message = "The page's policy must allow the API and the two buckets, at the hosts in presigned URLs."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).apiUrl == "https://mockapi.execute-api.eu-west-1.amazonaws.com"
    error_message = "config.js must have the API's address."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).maxUploadBytes == 25000000
    error_message = "config.js must have the largest upload."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.site) == 0 && !aws_s3_bucket_public_access_block.site.block_public_policy && !aws_s3_bucket_public_access_block.site.restrict_public_buckets
    error_message = "By default, the page is served from its own bucket, whose policy may be public."
  }

  assert {
    condition     = aws_lambda_function.process.reserved_concurrent_executions == -1 && length(aws_budgets_budget.month) == 0
    error_message = "By default no concurrency is reserved and there is no budget."
  }

  assert {
    condition     = output.page_url == "https://mock-site.s3.eu-west-1.amazonaws.com/index.html"
    error_message = "page_url must be the page's address in its bucket, over HTTPS."
  }

  # --- API ---

  assert {
    condition     = aws_apigatewayv2_route.function["presign"].route_key == "POST /generate-presigned-url" && aws_apigatewayv2_integration.function["presign"].integration_uri == "arn:aws:apigateway:presign"
    error_message = "POST /generate-presigned-url must reach presign."
  }

  assert {
    condition     = aws_apigatewayv2_route.function["poll"].route_key == "GET /get-final-url" && aws_apigatewayv2_integration.function["poll"].integration_uri == "arn:aws:apigateway:poll"
    error_message = "GET /get-final-url must reach poll."
  }

  assert {
    condition     = length(aws_apigatewayv2_route.function) == 2
    error_message = "The API has two routes."
  }

  assert {
    condition     = aws_lambda_permission.api["presign"].source_arn == "arn:aws:execute-api:eu-west-1:123456789012:mockapi/*/POST/generate-presigned-url" && aws_lambda_permission.api["poll"].source_arn == "arn:aws:execute-api:eu-west-1:123456789012:mockapi/*/GET/get-final-url"
    error_message = "The API may invoke each function for its own route only."
  }

  assert {
    condition     = aws_apigatewayv2_stage.default.default_route_settings[0].throttling_rate_limit == 20 && aws_apigatewayv2_stage.default.default_route_settings[0].throttling_burst_limit == 40
    error_message = "The API must be throttled."
  }

  # --- passphrase ---

  assert {
    condition     = !contains(keys(aws_lambda_function.presign.environment[0].variables), "PASSPHRASE_SHA256") && !jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).hasPassphrase && aws_apigatewayv2_api.api.cors_configuration[0].allow_headers == toset(["content-type"])
    error_message = "By default there is no passphrase."
  }

  assert {
    condition     = !issensitive(aws_lambda_function.presign.environment[0].variables) && !strcontains(output.curl, "PASSPHRASE")
    error_message = "Without a passphrase nothing needs to be hidden."
  }

  # --- CORS ---

  assert {
    condition     = aws_apigatewayv2_api.api.cors_configuration[0].allow_origins == toset(["https://mock-site.s3.eu-west-1.amazonaws.com"])
    error_message = "Only the page's own origin may call the API by default."
  }

  assert {
    condition     = one(aws_s3_bucket_cors_configuration.uploads.cors_rule).allowed_origins == toset(["https://mock-site.s3.eu-west-1.amazonaws.com"]) && one(aws_s3_bucket_cors_configuration.uploads.cors_rule).allowed_methods == toset(["POST"])
    error_message = "Only the page's own origin may upload from a browser, and only with POST."
  }

  assert {
    condition     = one(aws_s3_bucket_cors_configuration.processed.cors_rule).allowed_origins == toset(["https://mock-site.s3.eu-west-1.amazonaws.com"]) && one(aws_s3_bucket_cors_configuration.processed.cors_rule).allowed_methods == toset(["GET"])
    error_message = "Only the page's own origin may read thumbnails with a script, and only with GET."
  }

  assert {
    condition     = aws_s3_object.page_sample["sample.jpg"].content_type == "image/jpeg" && keys(aws_s3_object.page_sample) == ["sample.jpg", "thumbnail.jpg"]
    error_message = "The page needs its sample picture and the thumbnail of it."
  }

  # --- upload event ---

  assert {
    condition     = aws_s3_bucket_notification.uploads.lambda_function[0].lambda_function_arn == "arn:aws:lambda:eu-west-1:123456789012:function:process" && aws_s3_bucket_notification.uploads.bucket == "mock-uploads"
    error_message = "An upload must start process."
  }

  assert {
    condition     = aws_lambda_permission.uploads.source_arn == "arn:aws:s3:::mock-uploads" && aws_lambda_permission.uploads.source_account == "123456789012"
    error_message = "Only the uploads bucket of this account may invoke process."
  }

  # --- functions ---

  assert {
    condition = alltrue([for name, function in local.functions :
      function.handler == "${name}.handler.lambda_handler" && function.runtime == "python3.13" && function.architectures == tolist(["arm64"]) && endswith(function.filename, "build/arm64/${name}.zip")
    ])
    error_message = "Each function runs its own zip, on Python 3.13 and arm64."
  }

  assert {
    condition     = aws_lambda_function.presign.memory_size == 512 && aws_lambda_function.process.memory_size == 1769 && aws_lambda_function.poll.memory_size == 512
    error_message = "Memory sizes changed."
  }

  assert {
    condition     = aws_lambda_function.presign.timeout == 10 && aws_lambda_function.process.timeout == 60 && aws_lambda_function.poll.timeout == 10
    error_message = "Timeouts changed."
  }

  assert {
    condition     = length(aws_lambda_function.process.layers) == 2 && aws_lambda_function.presign.layers == null && aws_lambda_function.poll.layers == null
    error_message = "Process, and no other function, must have the Pillow layer and the font layer."
  }

  assert {
    condition     = length(distinct([for function in local.functions : function.logging_config[0].log_group])) == 3 && alltrue([for group in aws_cloudwatch_log_group.function : group.retention_in_days == 14])
    error_message = "Each function must have its own log group, whose lines expire."
  }

  assert {
    condition     = aws_lambda_function_event_invoke_config.process.destination_config[0].on_failure[0].destination == aws_sqs_queue.process_dead_letters.arn && aws_lambda_function_event_invoke_config.process.maximum_retry_attempts == 2 && aws_lambda_function_event_invoke_config.process.qualifier == null
    error_message = "After two retries, Lambda must send failed events to the dead-letter queue."
  }

  assert {
    condition     = aws_sqs_queue.process_dead_letters.message_retention_seconds == 2 * 24 * 60 * 60 && aws_sqs_queue.process_dead_letters.sqs_managed_sse_enabled
    error_message = "Failed events, which have users' IP addresses, must be encrypted, and kept only as long as S3 may keep the upload."
  }

  assert {
    condition     = alltrue([for function in local.functions : function.logging_config[0].application_log_level == "INFO"])
    error_message = "The functions' logs must have the lines of level INFO."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.function : role.permissions_boundary == null])
    error_message = "By default, no policy bounds the roles."
  }

  assert {
    condition = [for function in [aws_lambda_function.presign, aws_lambda_function.process, aws_lambda_function.poll] :
      { for name, value in function.environment[0].variables : name => value if endswith(name, "_BUCKET") }
      ] == [
      { UPLOADS_BUCKET = "mock-uploads" },
      { UPLOADS_BUCKET = "mock-uploads", PROCESSED_BUCKET = "mock-processed" },
      { PROCESSED_BUCKET = "mock-processed" },
    ]
    error_message = "Each function must get the names of the buckets that it uses, and no others."
  }

  assert {
    condition     = contains(local.looks, "stack") && alltrue([for look in local.looks : can(regex("^[a-z][a-z0-9_]*$", look))])
    error_message = "Each file in lambdas/process/looks is a look, named as Options requires, unless its name starts with an underscore."
  }

  assert {
    condition     = jsondecode(aws_lambda_function.presign.environment[0].variables.LOOKS) == local.looks && jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).looks == local.looks
    error_message = "Presign and the page must get the names of the looks."
  }

  assert {
    condition     = aws_lambda_function.process.environment[0].variables.DEFAULT_LOOK == "auto" && aws_lambda_function.process.environment[0].variables.DEFAULT_ACCENT == "auto"
    error_message = "By default, process chooses looks and accent."
  }

  assert {
    condition     = jsondecode(aws_lambda_function.presign.environment[0].variables.SIZES) == ["1280x720", "1920x1080", "3840x2160"] && aws_lambda_function.process.environment[0].variables.DEFAULT_SIZE == "1280x720"
    error_message = "By default all sizes are offered, and thumbnails are 1280x720."
  }

  # --- buckets ---

  assert {
    condition = alltrue([for bucket in ["uploads", "processed"] :
      aws_s3_bucket_public_access_block.private[bucket].block_public_acls &&
      aws_s3_bucket_public_access_block.private[bucket].block_public_policy &&
      aws_s3_bucket_public_access_block.private[bucket].ignore_public_acls &&
      aws_s3_bucket_public_access_block.private[bucket].restrict_public_buckets
    ])
    error_message = "Uploads and processed must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.private["uploads"].rule[0].expiration[0].days == 1 && aws_s3_bucket_lifecycle_configuration.private["processed"].rule[0].expiration[0].days == 7 && alltrue([for lifecycle in aws_s3_bucket_lifecycle_configuration.private : lifecycle.rule[0].status == "Enabled"])
    error_message = "Uploads expire after a day, thumbnails after a week."
  }

  # --- alarms ---

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.alarm) == ["api-errors", "process-dead-letters", "process-errors", "process-lost-events", "process-throttles"] && length(aws_sns_topic_subscription.alarms) == 0
    error_message = "Failures must raise an alarm; by default nobody is e-mailed."
  }
}

run "every_variable_takes_effect" {
  variables {
    name                     = "my-thumbs"
    architecture             = "arm64"
    accepted_types           = { "image/png" = "png" }
    max_upload_mb            = 5
    max_text_length          = 60
    default_title            = "Hello"
    default_look             = "panel"
    default_accent           = "#FF0033"
    thumbnail_sizes          = ["1920x1080", "3840x2160"]
    default_size             = "3840x2160"
    upload_retention_days    = 3
    thumbnail_retention_days = 30
    log_retention_days       = 90
    extra_origins            = ["https://www.example.com"]
    throttle_rate            = 5
    throttle_burst           = 6
    process_memory_mb        = 2048
    alarm_email              = "owner@example.com"
    monthly_budget_usd       = 5
    process_concurrency      = 3
    permissions_boundary     = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = aws_lambda_function.presign.environment[0].variables.ACCEPTED_TYPES == "{\"image/png\":\"png\"}" && aws_lambda_function.presign.environment[0].variables.MAX_UPLOAD_BYTES == "5000000" && aws_lambda_function.presign.environment[0].variables.MAX_TEXT_LENGTH == "60"
    error_message = "Presign must get the limits."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).acceptedTypes == { "image/png" = "png" } && jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).maxTextLength == 60
    error_message = "The page must get the same limits."
  }

  assert {
    condition     = aws_lambda_function.process.environment[0].variables.DEFAULT_TITLE == "Hello" && aws_lambda_function.process.memory_size == 2048
    error_message = "Process must get its default title and memory size."
  }

  assert {
    condition     = aws_lambda_function.process.environment[0].variables.DEFAULT_LOOK == "panel" && aws_lambda_function.process.environment[0].variables.DEFAULT_ACCENT == "#FF0033"
    error_message = "Process must get the default look and accent."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).defaultLook == "panel" && jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).defaultAccent == "#ff0033"
    error_message = "The page must preselect the default look and accent; browsers write colours in lower case."
  }

  assert {
    condition     = jsondecode(aws_lambda_function.presign.environment[0].variables.SIZES) == ["1920x1080", "3840x2160"] && aws_lambda_function.process.environment[0].variables.DEFAULT_SIZE == "3840x2160"
    error_message = "Presign must get the sizes, and process the default one."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).sizes == ["1920x1080", "3840x2160"] && jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).defaultSize == "3840x2160"
    error_message = "The page must offer the sizes, and preselect the default one."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.private["uploads"].rule[0].expiration[0].days == 3 && aws_s3_bucket_lifecycle_configuration.private["processed"].rule[0].expiration[0].days == 30 && aws_cloudwatch_log_group.function["poll"].retention_in_days == 90
    error_message = "Retention must follow the variables."
  }

  assert {
    condition     = contains(aws_apigatewayv2_api.api.cors_configuration[0].allow_origins, "https://www.example.com") && contains(one(aws_s3_bucket_cors_configuration.uploads.cors_rule).allowed_origins, "https://www.example.com") && length(aws_apigatewayv2_api.api.cors_configuration[0].allow_origins) == 2
    error_message = "The API and the uploads bucket must allow an extra origin, besides the page's own."
  }

  assert {
    condition     = aws_apigatewayv2_stage.default.default_route_settings[0].throttling_rate_limit == 5 && aws_apigatewayv2_stage.default.default_route_settings[0].throttling_burst_limit == 6
    error_message = "Throttling must follow the variables."
  }

  assert {
    condition     = aws_sns_topic_subscription.alarms[0].endpoint == "owner@example.com"
    error_message = "Alarms must be e-mailed to the address."
  }

  assert {
    condition     = aws_budgets_budget.month[0].limit_amount == "5" && alltrue([for notification in aws_budgets_budget.month[0].notification : notification.subscriber_email_addresses == toset(["owner@example.com"])]) && length(aws_budgets_budget.month[0].notification) == 2
    error_message = "Budget alerts must be e-mailed to the address."
  }

  assert {
    condition     = aws_lambda_function.process.reserved_concurrent_executions == 3
    error_message = "The concurrency of process must be reserved."
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.function : role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"])
    error_message = "The policy must bound every role."
  }

  assert {
    condition     = aws_sqs_queue.process_dead_letters.message_retention_seconds == 4 * 24 * 60 * 60
    error_message = "Failed events must be kept only as long as S3 may keep the upload."
  }

  assert {
    condition     = aws_lambda_function.poll.function_name == "my-thumbs-poll" && aws_s3_bucket.uploads.bucket_prefix == "my-thumbs-uploads-" && aws_sqs_queue.process_dead_letters.name == "my-thumbs-process-dead-letters"
    error_message = "Every name must start with the prefix."
  }
}

run "passphrase" {
  variables {
    passphrase = "correct horse – Batterie"
  }

  assert {
    condition     = nonsensitive(aws_lambda_function.presign.environment[0].variables.PASSPHRASE_SHA256) == "e46c3631c8680d11be123fd28671a2c1c26a945a5f9006af2e25befb0c237f5e"
    error_message = "Presign must get the SHA-256 of the passphrase as UTF-8, in hexadecimal digits."
  }

  assert {
    condition     = issensitive(aws_lambda_function.presign.environment[0].variables.PASSPHRASE_SHA256)
    error_message = "Terraform must not show the hash in plans."
  }

  assert {
    condition = alltrue([for function in local.functions :
      !contains(values(function.environment[0].variables), var.passphrase) && !contains(keys(function.environment[0].variables), "PASSPHRASE")
    ])
    error_message = "No function may get the passphrase itself."
  }

  assert {
    condition     = !contains(concat(keys(aws_lambda_function.process.environment[0].variables), keys(aws_lambda_function.poll.environment[0].variables)), "PASSPHRASE_SHA256")
    error_message = "Only presign needs the hash."
  }

  assert {
    condition     = jsondecode(regex("export default (.*);", aws_s3_object.page_config.content)[0]).hasPassphrase && !strcontains(aws_s3_object.page_config.content, "horse") && !issensitive(aws_s3_object.page_config.content)
    error_message = "The page must know that there is a passphrase, but not which."
  }

  assert {
    condition     = aws_apigatewayv2_api.api.cors_configuration[0].allow_headers == toset(["authorization", "content-type"])
    error_message = "Browsers must be allowed to send the header with the passphrase."
  }

  assert {
    condition     = strcontains(output.curl, "-u \":$PASSPHRASE\"") && !strcontains(output.curl, "horse")
    error_message = "The command must take the passphrase from the environment."
  }
}

run "page_behind_cloudfront" {
  variables {
    cloudfront = true
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.site.block_public_policy && aws_s3_bucket_public_access_block.site.restrict_public_buckets
    error_message = "Behind CloudFront the page's bucket must block public access."
  }

  assert {
    condition     = one(aws_cloudfront_distribution.site[0].origin).origin_access_control_id == aws_cloudfront_origin_access_control.site[0].id && aws_cloudfront_origin_access_control.site[0].signing_behavior == "always"
    error_message = "CloudFront must sign its requests to the page's bucket."
  }

  assert {
    condition     = aws_cloudfront_distribution.site[0].default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "The page must be served over HTTPS only."
  }

  assert {
    condition     = aws_cloudfront_distribution.site[0].default_cache_behavior[0].response_headers_policy_id == aws_cloudfront_response_headers_policy.site[0].id && aws_cloudfront_response_headers_policy.site[0].security_headers_config[0].strict_transport_security[0].access_control_max_age_sec == 31536000 && aws_cloudfront_response_headers_policy.site[0].security_headers_config[0].content_security_policy[0].content_security_policy == "frame-ancestors 'none'" && aws_cloudfront_response_headers_policy.site[0].security_headers_config[0].content_type_options[0].override
    error_message = "The page must be served with HSTS, nosniff, and a policy that forbids framing."
  }

  assert {
    condition     = output.page_url == "https://mock.cloudfront.net/" && aws_apigatewayv2_api.api.cors_configuration[0].allow_origins == toset(["https://mock.cloudfront.net"])
    error_message = "The page's origin must be CloudFront's, and the only one allowed."
  }
}

run "page_on_a_custom_domain" {
  variables {
    cloudfront  = true
    page_domain = { name = "thumbs.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/mock" }
  }

  assert {
    condition     = aws_cloudfront_distribution.site[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && aws_cloudfront_distribution.site[0].viewer_certificate[0].acm_certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/mock" && !aws_cloudfront_distribution.site[0].viewer_certificate[0].cloudfront_default_certificate
    error_message = "With its own certificate, the page must require TLS 1.2."
  }

  assert {
    condition     = aws_cloudfront_distribution.site[0].aliases == toset(["thumbs.example.com"]) && output.page_url == "https://thumbs.example.com/" && aws_s3_bucket_cors_configuration.uploads.cors_rule != null && aws_apigatewayv2_api.api.cors_configuration[0].allow_origins == toset(["https://thumbs.example.com"])
    error_message = "The page's origin must be its own domain."
  }
}

run "uploads_kept_longer_than_sqs_keeps_messages" {
  variables {
    upload_retention_days = 90
  }

  assert {
    condition     = aws_sqs_queue.process_dead_letters.message_retention_seconds == 14 * 24 * 60 * 60
    error_message = "SQS keeps messages for 14 days at most."
  }
}
