using System.Globalization;

namespace Harness.Reports.Figures;

/// <summary>Quantities as people write them: three digits that mean something, and the unit.</summary>
internal static class Written
{
    /// <summary>What stands where there is no number.</summary>
    public const string Nothing = "–";

    /// <summary><c>740 µs</c>, <c>12.4 ms</c>, <c>1.24 s</c>, <c>2 min 3 s</c>.</summary>
    public static string Duration(TimeSpan duration) => duration.Duration().TotalSeconds switch
    {
        // Just below each unit, so that 999.6 µs reads 1.00 ms and never 1000 µs.
        < 0.0009995 => Invariant($"{duration.TotalMicroseconds:0} µs"),
        < 0.9995 => $"{ThreeDigits(duration.TotalMilliseconds)} ms",
        < 59.95 => $"{ThreeDigits(duration.TotalSeconds)} s",
        < 3599.5 => Minutes(TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds))),
        _ => Hours((long)Math.Round(duration.TotalMinutes)),
    };

    /// <inheritdoc cref="Duration(TimeSpan)"/>
    public static string Duration(TimeSpan? duration) => duration is { } known ? Duration(known) : Nothing;

    /// <summary>A moment of the run, in seconds since its start: <c>12.40 s</c>.</summary>
    public static string Moment(TimeSpan? at) => at is { } known ? Invariant($"{known.TotalSeconds:0.00} s") : Nothing;

    /// <summary><c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A ratio in per cent, cut and not rounded: only all of them are 100 %.</summary>
    /// <param name="ratio">In [0, 1]; null for a share of nothing.</param>
    public static string PerCent(double? ratio) =>
        ratio is { } known ? Invariant($"{Math.Floor((decimal)known * 10_000) / 100:0.##} %") : Nothing;

    /// <summary><c>12.3 MiB</c>.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1024 => Invariant($"{bytes:0} B"),
        < 1024 * 1024 => $"{ThreeDigits(bytes / 1024)} KiB",
        < 1024 * 1024 * 1024 => $"{ThreeDigits(bytes / 1024 / 1024)} MiB",
        _ => $"{ThreeDigits(bytes / 1024 / 1024 / 1024)} GiB",
    };

    /// <summary>A number of unknown unit, whole where it is whole.</summary>
    public static string Number(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? number.ToString("N0", CultureInfo.InvariantCulture)
            : ThreeDigits(number);

    /// <summary>The calendar's time, to the second, UTC.</summary>
    public static string Utc(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>An enum's word as the record writes it: <c>FaultInjected</c> is <c>fault-injected</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Minutes(TimeSpan whole) => Invariant($"{(long)whole.TotalMinutes} min {whole.Seconds} s");

    private static string Hours(long minutes) => Invariant($"{minutes / 60} h {Math.Abs(minutes % 60)} min");

    private static string ThreeDigits(double value) => Math.Abs(value) switch
    {
        < 0.9995 => value.ToString("G3", CultureInfo.InvariantCulture),
        < 9.995 => Invariant($"{value:0.00}"),
        < 99.95 => Invariant($"{value:0.0}"),
        _ => Invariant($"{value:0}"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
