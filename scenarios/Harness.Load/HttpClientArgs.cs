using System.Text.Json;

namespace Harness.Load;

/// <summary>How one HTTP call is to be made; NBomber.Http's name and order.</summary>
public sealed record HttpClientArgs
{
    /// <summary>Ends the call when its caller has waited long enough: the call is then unknown, <c>timeout</c>. It must not be the run's own end.</summary>
    public CancellationToken CancellationToken { get; private init; }

    /// <summary>When the call is over: when its head has come, or, the default, when all of it has.</summary>
    public HttpCompletionOption HttpCompletion { get; private init; } = HttpCompletionOption.ResponseContentRead;

    /// <summary>How JSON is read; null for <see cref="Http.GlobalJsonSerializerOptions"/>.</summary>
    public JsonSerializerOptions? JsonSerializerOptions { get; private init; }

    public static HttpClientArgs Create(
        CancellationToken cancellationToken = default,
        HttpCompletionOption httpCompletion = HttpCompletionOption.ResponseContentRead,
        JsonSerializerOptions? jsonOptions = null) =>
        new() { CancellationToken = cancellationToken, HttpCompletion = httpCompletion, JsonSerializerOptions = jsonOptions };
}
