using Harness.Target.Orders;
using Harness.Target.Requests;
using Microsoft.Extensions.Primitives;

namespace Harness.Target.Commands;

/// <summary>
/// The idempotency key of a coordinator's command: the saga and the step, <c>ID:charge</c>. A key can thereby never come with another order's
/// body, and a command that is repeated after a crash has the key it had before.
/// </summary>
internal static class CommandKey
{
    public const string OrderIdWanted = "an order's id, 32 hexadecimal digits";

    public static string Of(string orderId, string step) => $"{orderId}:{step}";

    public static bool IsOrderId(string text) => Guid.TryParseExact(text, "N", out _);

    /// <summary>Adds a problem unless the one key is that of this order's step.</summary>
    public static void Check(RequestFields fields, StringValues keys, string orderId, string step)
    {
        var wanted = Of(orderId, step);
        if (keys.Count != 1 || keys[0] != wanted)
            fields.Add(OrderRequest.KeyHeader, $"The header must be there once, as {RequestFields.Quote(wanted)}: the order and the step.");
    }
}

/// <summary>How matters stand after a command, whether this one or an earlier copy of it did the work.</summary>
/// <param name="Status">In a two-phase commit <c>PREPARED</c>, <c>REFUSED</c>, <c>BLOCKED</c>, <c>COMMITTED</c> or <c>ROLLED_BACK</c>. Of Payments <c>CAPTURED</c>, <c>REFUNDED</c> or <c>DECLINED</c>; of Inventory <c>RESERVED</c>, <c>SOLD</c> or <c>REFUSED</c>.</param>
public sealed record CommandAnswer(string Status);
