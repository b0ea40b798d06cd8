namespace Harness.Chaos.Environments;

/// <summary>What some environments must be told before they can be used; the others take none of it.</summary>
public sealed record EnvironmentSettings
{
    public const string ExternalOption = "--external";
    public const string YesOption = "--yes";
    public const string AllowOption = "--allow";

    /// <summary>The file that says where a system is that somebody else started.</summary>
    public string? ExternalFile { get; init; }

    /// <summary>Whether the user has said that this system may be loaded and broken.</summary>
    public bool Yes { get; init; }

    /// <summary>A file with the hosts, one a line, that may be; says yes for them.</summary>
    public string? AllowFile { get; init; }

    /// <summary>The words that ask for the same again.</summary>
    public IReadOnlyList<string> Words =>
    [
        .. ExternalFile is { } file ? new[] { ExternalOption, file } : [],
        .. Yes ? new[] { YesOption } : [],
        .. AllowFile is { } allow ? new[] { AllowOption, allow } : [],
    ];
}
