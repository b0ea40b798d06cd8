using System.Globalization;
using System.Text;

namespace Harness.Load;

/// <summary>What scenarios say for people, with the calls that NBomber's logger (Serilog) has: a template, <c>"user {Name} has {Count}"</c>,
/// and a value for each name in it, in order.</summary>
public sealed class ScenarioLogger
{
    private readonly Action<string> _write;

    /// <param name="write">Takes each line; may be called by many at once.</param>
    public ScenarioLogger(Action<string> write) => _write = write;

    public void Debug(string messageTemplate, params object?[] values) => Write("debug", null, messageTemplate, values);

    public void Information(string messageTemplate, params object?[] values) => Write("information", null, messageTemplate, values);

    public void Warning(string messageTemplate, params object?[] values) => Write("warning", null, messageTemplate, values);

    public void Error(string messageTemplate, params object?[] values) => Write("error", null, messageTemplate, values);

    public void Error(Exception exception, string messageTemplate, params object?[] values) => Write("error", exception, messageTemplate, values);

    public void Fatal(string messageTemplate, params object?[] values) => Write("fatal", null, messageTemplate, values);

    public void Fatal(Exception exception, string messageTemplate, params object?[] values) => Write("fatal", exception, messageTemplate, values);

    private void Write(string level, Exception? exception, string template, object?[] values)
    {
        string cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        _write($"{level}: {Fill(template, values)}{cause}");
    }

    /// <summary>Puts the values, in order, where names stand in braces; what has no value stays as it is.</summary>
    private static string Fill(string template, object?[] values)
    {
        var filled = new StringBuilder();
        int next = 0;
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf('{', at);
            int close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0 || next == values.Length)
                break;
            filled.Append(template, at, open - at).Append(CultureInfo.InvariantCulture, $"{values[next++]}");
            at = close + 1;
        }

        return filled.Append(template, at, template.Length - at).ToString();
    }
}
