# Values that AWS would compute, in the form that main.tf or the provider's validation needs.

mock_data "aws_iam_policy_document" {
  defaults = {
    json = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
  }
}

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::123456789012:role/mock"
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-west-1:123456789012:mock"
  }
}

mock_resource "aws_sns_topic" {
  defaults = {
    arn = "arn:aws:sns:eu-west-1:123456789012:mock"
  }
}

mock_resource "aws_lambda_layer_version" {
  defaults = {
    arn = "arn:aws:lambda:eu-west-1:123456789012:layer:mock:1"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = {
    arn = "arn:aws:logs:eu-west-1:123456789012:log-group:mock"
  }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    id            = "mockapi"
    api_endpoint  = "https://mockapi.execute-api.eu-west-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:eu-west-1:123456789012:mockapi"
  }
}

override_resource {
  target = aws_s3_bucket.uploads
  values = { id = "mock-uploads", arn = "arn:aws:s3:::mock-uploads", bucket_regional_domain_name = "mock-uploads.s3.eu-west-1.amazonaws.com" }
}

override_resource {
  target = aws_s3_bucket.processed
  values = { id = "mock-processed", arn = "arn:aws:s3:::mock-processed", bucket_regional_domain_name = "mock-processed.s3.eu-west-1.amazonaws.com" }
}

override_resource {
  target = aws_s3_bucket.site
  values = { id = "mock-site", arn = "arn:aws:s3:::mock-site", bucket_regional_domain_name = "mock-site.s3.eu-west-1.amazonaws.com" }
}

override_resource {
  target = aws_lambda_function.presign
  values = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:presign", invoke_arn = "arn:aws:apigateway:presign" }
}

override_resource {
  target = aws_lambda_function.process
  values = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:process", invoke_arn = "arn:aws:apigateway:process" }
}

override_resource {
  target = aws_lambda_function.poll
  values = { arn = "arn:aws:lambda:eu-west-1:123456789012:function:poll", invoke_arn = "arn:aws:apigateway:poll" }
}

mock_resource "aws_cloudfront_distribution" {
  defaults = {
    arn         = "arn:aws:cloudfront::123456789012:distribution/MOCK"
    domain_name = "mock.cloudfront.net"
  }
}
