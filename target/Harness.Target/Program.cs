using System.Data.Common;
using System.Security.Cryptography;
using Harness.Target;
using Harness.Target.Chaos;
using Harness.Target.Mesh;
using Harness.Target.Messaging;
using Harness.Target.Orders.Keeping;
using Harness.Target.Resilience;

return args switch
{
    [SidecarCommandLine.Verb, .. var words] => await BesideAsync(words),
    [DeadLetterCommandLine.Verb, .. var words] => await new DeadLetterCommandLine().RunAsync(words, Console.Out, Console.Error),
    [RebuildProjectionCommandLine.Verb, .. var words] => await new RebuildProjectionCommandLine().RunAsync(words, Console.Out, Console.Error),
    _ => await ServeAsync(args),
};

static async Task<int> ServeAsync(string[] args) =>
    new CommandLine().Read(args, Console.Out, Console.Error, out var exitCode) is not { } options
        ? exitCode
        : ChaosToken.Read(Environment.GetEnvironmentVariable(ChaosToken.Variable), out var problem) is var token && problem is null
            ? await RunAsync(options.Service.Word(), () => ServiceHost.Build(options with { ChaosToken = token }, TimeProvider.System), options.StopWithStdin)
            : await RefuseAsync(problem!);

static async Task<int> RefuseAsync(string problem)
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

static async Task<int> BesideAsync(string[] args) =>
    new SidecarCommandLine().Read(args, Console.Out, Console.Error, out var exitCode) is { } options
        ? await RunAsync($"{options.Service.Word()}-sidecar", () => SidecarHost.Build(options, TimeProvider.System), options.StopWithStdin)
        : exitCode;

static async Task<int> RunAsync(string name, Func<WebApplication> build, bool stopWithStdin)
{
    try
    {
        await using var app = build();
        if (stopWithStdin)
            StdinWatch.Start(app.Lifetime, Console.OpenStandardInput(), TimeProvider.System);
        await app.RunAsync();
        return 0;
    }
    catch (OperationCanceledException)
    {
        return 0; // Told to end before it had begun: its parent died early.
    }
    catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or EdgePolicyException or CryptographicException or NotSupportedException)
    {
        // A folder or a certificate that cannot be used, or a port that somebody else has: nothing was started, and the user can mend it.
        await Console.Error.WriteLineAsync($"{name}: {e.Message}");
        return 2;
    }
}
