namespace Harness.Chaos.Environments.Stores;

/// <summary>
/// Makes a program that knows nothing of us end when its standard input does: with whoever holds that pipe, however they end. Ctrl-C in a
/// terminal goes to the whole group and does not reach it: it is in a session of its own, and ends when it is no longer needed.
/// </summary>
internal static class HeldProgram
{
    // Constant text; the program and its arguments come as arguments, so nothing of them is ever read as shell.
    private const string Script = """
        trap '' INT HUP
        command -v setsid >/dev/null && set -- setsid "$@"
        exec 3<&0
        "$@" </dev/null 3<&- &
        program=$!
        trap 'kill -s INT "$program"' TERM
        { cat <&3 >/dev/null; kill -s INT "$program"; } 2>/dev/null &
        wait "$program"
        """;

    /// <param name="command">The program and its arguments; SIGINT must end it.</param>
    public static IReadOnlyList<string> Command(IReadOnlyList<string> command) => ["/bin/sh", "-c", Script, command[0], .. command];
}
