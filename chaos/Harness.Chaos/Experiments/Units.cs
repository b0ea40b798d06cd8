using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Chaos.Experiments;

/// <summary>Durations, rates and ratios as people write them.</summary>
public static partial class Units
{
    /// <summary>How a duration is written, for error messages.</summary>
    public const string DurationForm = "a duration such as 250ms, 3s or 1m30s";

    /// <summary>How a rate is written, for error messages.</summary>
    public const string RateForm = "a rate such as 40/s, 0.5/s or 600/m";

    /// <summary>How a ratio is written, for error messages.</summary>
    public const string RatioForm = "a ratio from 0 to 1 such as 0.99, or 99%";

    /// <summary>How a number of bytes is written, for error messages.</summary>
    public const string BytesForm = "a number of bytes such as 100, 512B or 16kB";

    /// <summary>How a rate of bytes is written, for error messages.</summary>
    public const string ByteRateForm = "a rate of at least a thousand bytes such as 100kB/s or 2MB/s";

    /// <summary>How a number above zero is written, for error messages.</summary>
    public const string PositiveForm = "a number above 0 such as 1.5";

    /// <summary>How a count is written, for error messages.</summary>
    public const string CountForm = "a whole number, 1 or more";

    /// <summary>Longer than any run; keeps sums of durations from overflowing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads <c>250ms</c>, <c>3s</c>, <c>1m30s</c>, <c>0.5h</c>; not negative, at most seven days.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        Match match = DurationPattern().Match(text);
        if (!match.Success)
            return false;
        double seconds = 0;
        for (int i = 0; i < match.Groups[1].Captures.Count; i++)
            seconds += double.Parse(match.Groups[2].Captures[i].ValueSpan, CultureInfo.InvariantCulture) * SecondsOf(match.Groups[3].Captures[i].Value);
        if (seconds > Longest.TotalSeconds)
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Reads <c>40/s</c>, <c>600/m</c>, <c>1000/h</c> as arrivals a second; positive and finite.</summary>
    public static bool TryRate(string text, out double perSecond)
    {
        perSecond = 0;
        Match match = RatePattern().Match(text);
        if (!match.Success)
            return false;
        perSecond = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) / SecondsOf(match.Groups[2].Value);
        return double.IsFinite(perSecond) && perSecond > 0;
    }

    /// <summary>Reads <c>0.99</c> or <c>99%</c> as a ratio in [0, 1].</summary>
    public static bool TryRatio(string text, out double ratio)
    {
        bool percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out ratio))
            return false;
        if (percent)
            ratio /= 100;
        return ratio is >= 0 and <= 1;
    }

    /// <summary>Reads <c>100</c>, <c>512B</c>, <c>16kB</c>, <c>2MB</c>, thousands each; not negative, at most an exabyte.</summary>
    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        Match match = BytesPattern().Match(text);
        if (!match.Success)
            return false;
        double read = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * match.Groups[2].Value switch
        {
            "kB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            _ => 1,
        };
        bytes = read <= 1e18 ? (long)read : 0;
        return read <= 1e18;
    }

    /// <summary>Reads <c>100kB/s</c> as bytes a second; at least 1000, cut to whole thousands.</summary>
    public static bool TryByteRate(string text, out long bytesPerSecond)
    {
        bytesPerSecond = 0;
        if (!text.EndsWith("/s", StringComparison.Ordinal) || !TryBytes(text[..^2].TrimEnd(), out long read) || read < 1000)
            return false;
        bytesPerSecond = read / 1000 * 1000;
        return true;
    }

    /// <summary>Reads a finite number above zero.</summary>
    public static bool TryPositive(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && number > 0;

    /// <summary>Reads a whole number above zero.</summary>
    public static bool TryCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;

    /// <summary>Writes a duration the way <see cref="TryDuration"/> reads it, in the largest unit that keeps it whole.</summary>
    public static string Text(TimeSpan duration) => duration switch
    {
        _ when duration == TimeSpan.Zero => "0s",
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => Invariant($"{duration.Ticks / TimeSpan.TicksPerMinute}m"),
        _ when duration >= TimeSpan.FromSeconds(1) && duration.Ticks % (TimeSpan.TicksPerSecond / 10) == 0 => Invariant($"{duration.TotalSeconds:0.#}s"),
        _ => Invariant($"{duration.TotalMilliseconds:0.###}ms"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static double SecondsOf(string unit) => unit switch
    {
        "us" or "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        _ => 3600,
    };

    [GeneratedRegex(@"^((\d+(?:\.\d+)?)(us|µs|ms|s|m|h))+$")]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*(B|kB|MB|GB)?$")]
    private static partial Regex BytesPattern();

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*/\s*(s|m|h)$")]
    private static partial Regex RatePattern();
}
