using Harness.Chaos.Experiments;
using Harness.Cli.Running;

namespace Harness.Cli.Hunting;

/// <summary>From what the user asked to an exit code: plan, hunt, files, table.</summary>
internal sealed class HuntSession(HuntSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken runToken)
    {
        (HuntPlan plan, IReadOnlyList<Problem> problems) = HuntPlan.Make(settings);
        if (problems.Count > 0)
        {
            foreach (Problem problem in problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        // The runs themselves are quiet: their records are there to be read, and what counts here is a line for each.
        var experiments = new ExperimentSession(settings.Run with { Json = true }, TextWriter.Null, TextWriter.Null);
        TextWriter progress = settings.Run.Json ? error : output;
        HuntResult result = await new Hunter(experiments.RunOneAsync, TimeProvider.System, progress).HuntAsync(plan, settings.RunsMax, runToken);
        string json = HuntView.Render(result, settings);
        Directory.CreateDirectory(settings.Run.RunsFolder);
        await File.WriteAllTextAsync(settings.JsonFile, json, CancellationToken.None);
        await File.WriteAllTextAsync(settings.MarkdownFile, HuntText.Markdown(result), CancellationToken.None);
        HuntText.Print(result, progress);
        await progress.WriteLineAsync($"written to {settings.JsonFile} and {settings.MarkdownFile}");
        if (settings.Run.Json)
            await output.WriteLineAsync(json);
        return result.ExitCode;
    }
}
