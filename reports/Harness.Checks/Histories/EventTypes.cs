namespace Harness.Checks.Histories;

/// <summary>The words for the types of lines.</summary>
internal static class EventTypes
{
    public static EventType? Of(string word) => word switch
    {
        "invoke" => EventType.Invoke,
        "ok" => EventType.Ok,
        "fail" => EventType.Fail,
        "info" => EventType.Info,
        _ => null,
    };
}
