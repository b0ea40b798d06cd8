using System.Data.Common;
using Harness.Target;

var options = new CommandLine().Read(args, Console.Out, Console.Error, out var exitCode);
if (options is null)
    return exitCode;
try
{
    await using var app = ServiceHost.Build(options, TimeProvider.System);
    if (options.StopWithStdin)
        StdinWatch.Start(app.Lifetime, Console.OpenStandardInput(), TimeProvider.System);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
{
    // A data folder that cannot be used, or a port that somebody else has: nothing was started, and the user can mend it.
    await Console.Error.WriteLineAsync($"{options.Service.Word()}: {e.Message}");
    return 2;
}
