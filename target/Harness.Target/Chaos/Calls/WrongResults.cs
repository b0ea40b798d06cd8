namespace Harness.Target.Chaos.Calls;

/// <summary>Calls are answered, and wrongly.</summary>
public sealed record WrongResults : CallFault
{
    /// <summary>What is wrong with the answer.</summary>
    public required WrongResult Result { get; init; }

    /// <value>With <see cref="WrongResult.Status"/>: answered in place of doing what was asked, 200 to 599. Default 200.</value>
    public int Status { get; init; } = StatusCodes.Status200OK;

    public override IEnumerable<string> Problems(ServiceOptions options)
    {
        if (Status is < 200 or > 599)
            yield return $"status: {Status} is not between 200 and 599.";
        if (Side == CallSide.Outgoing && To == "redis")
            yield return "to: redis has no results of HTTP; latency and errors can be put there.";
        foreach (var problem in base.Problems(options))
            yield return problem;
    }
}

/// <summary>How an answer is wrong.</summary>
public enum WrongResult
{
    /// <summary>It was done, and the answer says so, but has no body.</summary>
    Empty,

    /// <summary>It was not done, and the answer is a bare status.</summary>
    Status,

    /// <summary>It was done, and every whole number in the JSON of the answer is one too high.</summary>
    Altered,
}
