namespace Harness.Toxiproxy.Logs;

/// <summary>How much a line of the log matters, in the words of the environment variable LOG_LEVEL.</summary>
internal enum LogLevel
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
    Panic,
}
