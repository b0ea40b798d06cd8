using System.Globalization;
using Microsoft.OpenApi;

namespace Harness.Target.Observability;

/// <summary>What a service can be asked, at <c>/openapi/v1.json</c>; made when somebody asks for it.</summary>
internal static class ApiDocument
{
    private const string Problem = "Problem", ProblemType = "application/problem+json", Json = "application/json";

    public static void Add(IServiceCollection services, ServiceName service) => services.AddOpenApi(options =>
    {
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<BodyShape>().LastOrDefault() is { } body)
                operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content(Json, body.ToSchema()) };
            if (metadata.OfType<IdempotencyKeyHeader>().Any())
                (operation.Parameters ??= []).Add(KeyParameter());
            foreach (var (status, meaning) in Refusals(context.Description.RelativePath ?? "", operation, metadata))
                (operation.Responses ??= [])[status] = new OpenApiResponse { Description = meaning, Content = Content(ProblemType, new OpenApiSchemaReference(Problem, context.Document)) };
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = service.Word(), Version = "1", Description = $"The service {service.Word()} of the order system. Every refusal is a problem as RFC 9457 has it." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas[Problem] = ProblemSchema();
            return Task.CompletedTask;
        });
    });

    private static IEnumerable<(string Status, string Meaning)> Refusals(string path, OpenApiOperation operation, IList<object> metadata)
    {
        if (operation.RequestBody is not null)
        {
            yield return ("400", "The request is wrong; errors has every problem by field.");
            yield return ("413", "The body is too large.");
            yield return ("415", "The body is not said to be JSON in UTF-8.");
        }

        if (path.Contains('{', StringComparison.Ordinal))
            yield return ("404", "There is no such thing.");
        if (metadata.OfType<IdempotencyKeyHeader>().Any())
            yield return ("409", "The key was used for another body.");
        yield return ("503", "Not now; Retry-After says when to come again.");
    }

    private static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) => new() { [type] = new OpenApiMediaType { Schema = schema } };

    private static OpenApiParameter KeyParameter() => new()
    {
        Name = Orders.OrderRequest.KeyHeader,
        In = ParameterLocation.Header,
        Required = true,
        Description = "The same key with the same body is the same request, however often it comes.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Orders.OrderRequest.KeyLengthMax },
    };

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };
}

/// <summary>Marks an endpoint that wants the header <c>Idempotency-Key</c>.</summary>
internal sealed record IdempotencyKeyHeader;

/// <summary>The JSON object that an endpoint takes, for those who read about it; what is accepted is decided where it is read.</summary>
internal sealed record BodyShape(params BodyField[] Fields)
{
    public OpenApiSchema ToSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = Fields.Select(field => field.Name).ToHashSet(),
        Properties = Fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => field.ToSchema()),
    };
}

/// <summary>A field that must be there: a whole number within bounds, or a text without them.</summary>
internal sealed record BodyField(string Name, long? Min = null, long? Max = null)
{
    public OpenApiSchema ToSchema() => Min is null
        ? new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Orders.OrderRequest.WordLengthMax }
        : new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = Min?.ToString(CultureInfo.InvariantCulture), Maximum = Max?.ToString(CultureInfo.InvariantCulture) };
}
