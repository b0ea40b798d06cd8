using System.Text;
using Harness.Load;
using Harness.Load.Raw;

namespace Harness.Chaos.Loading;

/// <summary>One request, asked over and over.</summary>
/// <param name="Url">Absolute, <c>http</c> or <c>https</c>.</param>
/// <param name="Method"><c>GET</c>.</param>
/// <param name="Headers">As they are sent.</param>
/// <param name="Body">Null for none.</param>
/// <param name="Timeout">For one call.</param>
public sealed record UrlRequest(Uri Url, string Method, IReadOnlyDictionary<string, string> Headers, string? Body, TimeSpan Timeout)
{
    /// <summary>What the scenario is called.</summary>
    public const string ScenarioName = "request";

    /// <summary>The scenario: over the raw lane for <c>http</c>, over the ordinary one for <c>https</c>.</summary>
    /// <exception cref="ArgumentException">The method or a header cannot stand in a request.</exception>
    public ScenarioProps CreateScenario() => Url.Scheme == Uri.UriSchemeHttp ? Raw() : Ordinary();

    private ScenarioProps Raw()
    {
        RawRequest request = RawRequest.Create(Method, Url, Headers, Body is null ? null : Encoding.UTF8.GetBytes(Body));
        RawClient client = Http.Raw(Url);
        return Scenario.Create(ScenarioName, context => client.SendAsync(request, Timeout, context.ScenarioCancellationToken))
            .WithClean(_ => Close(client));
    }

    private ScenarioProps Ordinary()
    {
        // Tried once here, so that a method or header that cannot be is known before anything starts.
        Request().Dispose();
        HttpMessageInvoker client = Http.CreateClient();
        return Scenario.Create(ScenarioName, async ValueTask<IResponse> (context) =>
            {
                Response<HttpResponseMessage> response = await Http.Send(client, Request(), Timeout, context.ScenarioCancellationToken);
                response.Payload?.Value.Dispose();
                return response;
            })
            .WithClean(_ => Close(client));
    }

    private HttpRequestMessage Request()
    {
        HttpRequestMessage request = Http.CreateRequest(Method, Url.AbsoluteUri);
        if (Body is not null)
            request.WithBody(new ByteArrayContent(Encoding.UTF8.GetBytes(Body)));
        foreach ((string name, string value) in Headers)
        {
            bool taken = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
            if (!taken)
                throw new ArgumentException($"the header '{name}: {value}' cannot stand in this request");
        }

        return request;
    }

    private static Task Close(IDisposable client)
    {
        client.Dispose();
        return Task.CompletedTask;
    }
}
