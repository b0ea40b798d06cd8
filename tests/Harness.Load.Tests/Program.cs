using System.Globalization;
using Harness.Load.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Run with `generate`, the test program is a load generator of its own, for tests that stop a whole process.
if (args is ["generate", var rate, var seconds])
{
    return await StoppableGenerator.RunAsync(
        double.Parse(rate, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
}

return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
