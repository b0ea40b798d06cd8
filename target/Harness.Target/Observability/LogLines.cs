namespace Harness.Target.Observability;

/// <summary>
/// What a service prints: one JSON object a line, whatever a client has put into the values, with the trace that it belongs to. More of it comes by the
/// standard variables, <c>Logging__LogLevel__Harness=Debug</c> for a line at every step of every saga.
/// </summary>
internal static class LogLines
{
    public static void Add(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddJsonConsole(console =>
        {
            console.TimestampFormat = "O";
            console.IncludeScopes = true;
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
    }
}
