using System.Globalization;

namespace Harness.Target.Chaos;

/// <summary>Somebody changes a setting of the running service; of several who change the same one, the last has it his way.</summary>
public sealed record SettingChange : ServiceFault
{
    /// <summary>One of <see cref="LiveSettings"/>' names.</summary>
    public required string Setting { get; init; }

    /// <summary>A whole number of at least 1; milliseconds for times.</summary>
    public required int Value { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options)
    {
        string[] names = [.. LiveSettings.NamesIn(options.Service)];
        if (!names.Contains(Setting))
            yield return $"setting: {options.Service.Word()} has no '{Setting}' that can be changed while it runs; did you mean '{Nearest.To(Setting, names)}'?";
        if (Value is < 1 or > 86_400_000)
            yield return string.Create(CultureInfo.InvariantCulture, $"value: {Value} is not between 1 and 86400000.");
    }
}
