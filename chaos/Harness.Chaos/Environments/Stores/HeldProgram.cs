namespace Harness.Chaos.Environments.Stores;

/// <summary>Makes a program that knows nothing of us end when its standard input does: with whoever holds that pipe, however they end.</summary>
internal static class HeldProgram
{
    // Constant text; the program and its arguments come as arguments, so nothing of them is ever read as shell.
    private const string Script = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        program=$!
        { cat <&3 >/dev/null; kill -s INT "$program"; } 2>/dev/null &
        wait "$program"
        """;

    /// <param name="command">The program and its arguments; SIGINT must end it.</param>
    public static IReadOnlyList<string> Command(IReadOnlyList<string> command) => ["/bin/sh", "-c", Script, command[0], .. command];
}
