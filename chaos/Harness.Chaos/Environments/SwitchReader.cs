using System.Globalization;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Environments;

/// <summary>Reads switches of the order system that were written as <c>name=value</c>.</summary>
public static class SwitchReader
{
    /// <summary>The option that problems are reported at.</summary>
    public const string Option = "--switch";

    /// <param name="written">One switch an entry; the last word on a switch counts.</param>
    /// <param name="problems">Gets everything that is wrong.</param>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> written, ICollection<Problem> problems)
    {
        var switches = new Dictionary<string, string>();
        foreach (string one in written)
        {
            if (one.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value])
                problems.Add(new Problem(Option, 0, 0, $"'{one}' is not name=value, such as reads=strong"));
            else if (Wrong(name, value) is { } wrong)
                problems.Add(new Problem(Option, 0, 0, wrong));
            else
                switches[name] = OrderSystemSwitches.Durations.Contains(name) ? OrderSystemSwitches.Duration(value)! : value;
        }

        return switches;
    }

    private static string? Wrong(string name, string value)
    {
        if (OrderSystemSwitches.Words.TryGetValue(name, out IReadOnlyList<string>? words))
            return words.Contains(value) ? null : $"'{value}' is no {name}; {NearestName.Hint(value, words)}";
        if (OrderSystemSwitches.Durations.Contains(name))
            return OrderSystemSwitches.Duration(value) is null ? $"'{value}' is no {name}: it takes {Units.DurationForm}, at most a day" : null;
        if (!OrderSystemSwitches.Numbers.Contains(name))
            return $"'{name}' is no switch of the order system; {NearestName.Hint(name, OrderSystemSwitches.All)}";
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"'{value}' is no {name}: it takes a whole number, 0 or more";
    }
}
