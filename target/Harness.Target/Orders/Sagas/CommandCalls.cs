using System.Text.Json.Serialization.Metadata;
using Harness.Target.Commands;
using Harness.Target.Resilience;

namespace Harness.Target.Orders.Sagas;

/// <summary>A coordinator's calls over its edges.</summary>
internal static class CommandCalls
{
    /// <summary>Sends a command with its key and returns the status that it is answered with.</summary>
    /// <param name="step">The end of the key.</param>
    /// <exception cref="Exception">No answer in time, or a failure; whether it took effect is not known.</exception>
    public static Task<string> CommandAsync<T>(this EdgeClient callee, string path, string orderId, string step, T command, JsonTypeInfo<T> shape, CancellationToken cancellationToken) =>
        callee.CallAsync(async (http, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(command, shape) };
            request.Headers.Add(OrderRequest.KeyHeader, CommandKey.Of(orderId, step));
            using var response = await http.SendAsync(request, token);
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync(TargetJson.Default.CommandAnswer, token) ?? throw new HttpRequestException("The answer is empty.")).Status;
        }, cancellationToken);
}
