using System.Text;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>Raw calls of a control API: what a client of any language would see.</summary>
public sealed class Api(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url };

    public sealed record Answer(int Status, string Body, string? ContentType, bool HasRequestId);

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path, null);

    public Task<Answer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public async Task<Answer> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Content.Headers.ContentType?.ToString(), answer.Headers.Contains("X-Toxiproxy-Request-Id"));
    }

    public void Dispose() => _http.Dispose();
}
