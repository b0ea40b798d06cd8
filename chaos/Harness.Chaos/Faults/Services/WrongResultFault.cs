using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Services;

/// <summary>Services answer, or are answered, wrongly: without a body, with a status in place of doing anything, or with every whole number one too high.</summary>
public sealed record WrongResultFault : CallFault
{
    /// <summary><c>altered</c>, <c>empty</c> or <c>status</c>.</summary>
    /// <value>Default altered.</value>
    public string Result { get; init; } = "altered";

    /// <summary>With <c>status</c>: which, 200 to 599.</summary>
    /// <value>Default 200: done, it says, and nothing was.</value>
    public int Status { get; init; } = 200;

    public override string Kind => WrongResultFaultKind.Word;

    protected override IReadOnlyDictionary<string, string> Own => Result == "status"
        ? new Dictionary<string, string> { ["result"] = Result, ["status"] = Status.ToString(CultureInfo.InvariantCulture) }
        : new Dictionary<string, string> { ["result"] = Result };

    private protected override JsonObject OwnBody => new() { ["result"] = Result, ["status"] = Status };
}

internal sealed class WrongResultFaultKind : CallFaultKind
{
    public const string Word = "wrong-result";

    public override string Name => Word;

    public override string Summary => "calls are answered wrongly inside services: services, result (altered, empty, status), status, side, to, path, ratio";

    protected override CallFault ReadOwn(FaultFields fields)
    {
        string result = fields.Own.Choice("result", "altered", "empty", "status");
        long? status = fields.Own.Optional<long>("status", Units.TryCount, Units.CountForm);
        if (status is < 200 or > 599)
            fields.Own.Report("status", $"{status} is not a status of an answer, 200 to 599");
        if (status is not null && result != "status")
            fields.Own.Report("status", $"result {result} keeps the status that the answer has; only result: status has one");
        if (fields.Own.Text("to") == "redis")
            fields.Own.Report("to", "redis has no results of HTTP; service-latency and service-error can be put there");
        return new WrongResultFault { Result = result, Status = (int)(status ?? 200) };
    }
}
