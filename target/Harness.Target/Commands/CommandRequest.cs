using Harness.Target.Messaging;
using Harness.Target.Orders;
using Harness.Target.Requests;

namespace Harness.Target.Commands;

/// <summary>A coordinator's command as it came in.</summary>
internal static class CommandRequest
{
    /// <summary>Reads and validates it; the command, or the answer that names every problem.</summary>
    /// <param name="read">Null when the body has problems.</param>
    /// <param name="orderOf">The order that a command is for.</param>
    /// <param name="step">The end of its key.</param>
    public static async Task<(T? Command, IResult? Problems)> ReadAsync<T>(HttpContext context, Func<RequestFields, T?> read, Func<T, string> orderOf, string step)
        where T : class
    {
        using var body = await RequestFields.ReadAsync(context.Request, $"{{\"orderId\":\"{new string('0', 32)}\",…}}.", context.RequestAborted);
        if (read(body) is not { } command)
            return (null, body.ToResult());
        CommandKey.Check(body, context.Request.Headers[OrderRequest.KeyHeader], orderOf(command), step);
        if (!body.IsSound)
            return (null, body.ToResult());
        System.Diagnostics.Activity.Current?.SetTag(BusTracing.OrderId, orderOf(command));
        return (command, null);
    }
}
