using System.Globalization;

namespace Harness.Toxiproxy.Command;

/// <summary>The flags of the stand-alone server, as Go's flag package reads them: one dash or two, <c>-port 1</c> or <c>-port=1</c>.</summary>
internal sealed class CommandLine
{
    private static readonly string[] Switches = ["proxy-metrics", "runtime-metrics", "exit-with-stdin", "version", "help", "h"];
    private static readonly string[] Valued = ["host", "port", "config", "seed", "token", "data-plane"];

    private readonly Dictionary<string, string> _given = [];

    private CommandLine()
    {
    }

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public List<string> Problems { get; } = [];

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        for (int i = 0; i < args.Count; i++)
            line.Take(args, ref i);
        return line;
    }

    public bool Has(string name) => _given.TryGetValue(name, out string? value) && value != "false";

    public string? Text(string name) => _given.GetValueOrDefault(name);

    /// <summary>A whole number in the range; a problem when it is none, null when it is not given.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            return number;
        Problems.Add($"invalid value \"{text}\" for flag -{name}: not a number from {least} to {most}");
        return null;
    }

    private void Take(IReadOnlyList<string> args, ref int i)
    {
        string argument = args[i];
        string name = argument.TrimStart('-');
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        string? value = equals < 0 ? null : name[(equals + 1)..];
        name = equals < 0 ? name : name[..equals];
        if (!argument.StartsWith('-'))
            Problems.Add($"unexpected argument: {argument}");
        else if (Switches.Contains(name))
            _given[name] = value ?? "true";
        else if (!Valued.Contains(name))
            Problems.Add($"flag provided but not defined: -{name}");
        else if ((value ?? Next(args, ref i)) is { } text)
            _given[name] = text;
        else
            Problems.Add($"flag needs an argument: -{name}");
    }

    private static string? Next(IReadOnlyList<string> args, ref int i) => i + 1 < args.Count ? args[++i] : null;
}
