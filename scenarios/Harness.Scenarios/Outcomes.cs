namespace Harness.Scenarios;

/// <summary>The words of the load engine in the words of the record. Neither project knows the other.</summary>
internal static class Outcomes
{
    public static Records.Outcome Recorded(this Load.Outcome outcome) => outcome switch
    {
        Load.Outcome.Ok => Records.Outcome.Ok,
        Load.Outcome.Refused => Records.Outcome.Refused,
        _ => Records.Outcome.Unknown,
    };
}
