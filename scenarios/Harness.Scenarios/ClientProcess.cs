using Harness.Records;

namespace Harness.Scenarios;

/// <summary>A logical client of the history. It has one operation open at a time; one whose outcome is unknown stays open for ever, so
/// the client goes on as a new process after it.</summary>
internal sealed class ClientProcess(ShopVisit visit)
{
    private const string DataKey = "client-process";

    // One count for all scenarios of this program: no two clients of a run are the same process.
    private static int _made;

    private int _number = Interlocked.Increment(ref _made);

    /// <summary>The process of a virtual user, kept from one iteration to the next.</summary>
    public static ClientProcess Of(IScenarioContext context, ShopVisit visit)
    {
        if (context.ScenarioInstanceData.TryGetValue(DataKey, out object? kept))
            return (ClientProcess)kept;
        var made = new ClientProcess(visit);
        context.ScenarioInstanceData[DataKey] = made;
        return made;
    }

    /// <summary>Records an operation that ends now.</summary>
    /// <param name="kind">What was asked.</param>
    /// <param name="key">The entity it was asked of.</param>
    /// <param name="value">What came back; null when nothing did.</param>
    /// <param name="invoked">When it was sent.</param>
    /// <param name="outcome">Whether it took effect.</param>
    public void Record(string kind, string key, string? value, TimeSpan invoked, Records.Outcome outcome)
    {
        bool unknown = outcome == Records.Outcome.Unknown;
        visit.Record(new Operation(_number, kind, key, value, invoked, unknown ? null : visit.Clock.Now, outcome));
        if (unknown)
            _number = Interlocked.Increment(ref _made);
    }
}
