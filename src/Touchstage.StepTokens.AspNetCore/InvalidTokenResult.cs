using Microsoft.AspNetCore.Mvc;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The one answer to every refused token, in the words of controllers.</summary>
internal sealed class InvalidTokenResult : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => InvalidTokenAnswer.WriteAsync(context.HttpContext.Response, acceptBearer: false);
}
